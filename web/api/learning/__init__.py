"""Self-assessment, hopes and fears, reflections, insights and open space, in the JSON API.

May import this room, the rooms below it, the kernel of the JSON API, and the layers below.
Never here: rules, SQL, or what a browser needs.
"""
