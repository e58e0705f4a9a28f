"""What a group learns: rounds of self-assessment, hopes and fears, texts moderated, insights, topics; and who may.

May import the rooms below it, from kernel to attendance; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
