"""The deploy screen: phases, what each does, its log, and the keys to run, stop and mend."""
