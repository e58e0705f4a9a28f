"""Getting in: sign-in by mail, passkey or an employer's sign-in; sessions; keys to the API and to calendars.

May import the rooms below it: kernel, people, mail; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
