class State:
    transitions = {}
    def __init__(self, name): self.name = name
    def on(self, event):
        try: return State.transitions[self.name, event]
        except KeyError: raise ValueError(f"no {event!r} in {self.name}") from None
    def __repr__(self): return f"<{self.name}>"
    def __eq__(self, o): return isinstance(o, State) and o.name == self.name
    def __hash__(self): return hash(self.name)
idle, busy = State("idle"), State("busy")
State.transitions.update({("idle", "start"): busy, ("busy", "stop"): idle})
s = idle
for e in ("start", "stop", "stop"):
    try: s = s.on(e); print(e, s, s == busy)
    except ValueError as err: print(err, err.__cause__, err.__suppress_context__)
print({idle: 1, State("idle"): 2}, idle in {busy}, [idle, busy].index(State("busy")))
