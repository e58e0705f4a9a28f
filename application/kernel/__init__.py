"""What every use case shares: the actor, the ports, one way to record a decision, who pays, who is eligible.

May import the domain alone.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
