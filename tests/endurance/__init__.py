"""Long trials of the store: kills, failing disks, power cuts, damage, merges, tampering.

``python -m tests.endurance --kills 2000 --injections 4000 …`` runs them; a count of 0 leaves one out.
``python -m tests.endurance.command_kills --count 2000`` kills whole commands of the program.
The normal tests run a short round of each.
"""
