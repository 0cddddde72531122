"""The seven phases: steps per resource that observe, plan, apply and check, run by what they require."""
