"""What the record says was swallowed at each slot, and what became of each kit (packing 11)."""

UNKNOWN = object()  # a check-in whose kit was corrected, and then taken at another slot


class Dose:
    """A slot: the last entry that says something of it counts."""

    def __init__(self):
        self.noted = self.recorded = self.spare = None  # kits: of a note, of the check-in, given
        self.named = set()  # kits that a check-in may be with beside the slot's own
        self.checked = self.none = self.begun = False  # recorded; nothing taken; taken, kit unsaid

    @property
    def named_kit(self):
        return self.noted or (self.recorded if self.recorded is not UNKNOWN else None)

    @property
    def kit(self):
        return self.named_kit or self.spare

    @property
    def taken(self):
        return not self.none and self.named_kit is not None

    @property
    def unnamed(self):
        """Something was swallowed, and no entry says which kit."""
        return not self.none and self.named_kit is None and (self.checked or self.begun)

    def stands(self, kit):
        """Whether the check-in still says that the kit was taken."""
        return not self.none and self.noted is None and self.recorded == kit

    def check_in(self, kit):
        self.checked, self.noted, self.recorded = True, None, kit
        self.none, self.begun = kit is None, False

    def deviate(self, kind, kit, own):
        if kind == "wrong-kit":
            self.noted, self.none, self.begun = None if kit == self.recorded else kit, False, False
            self.named.add(kit)
        elif kind == "spare-kit":
            self.named.add(kit)
            if not self.checked:
                self.spare, self.noted, self.none, self.begun = kit, None, False, False
        elif kind == "missed-dose":
            self.none, self.begun = True, False
        elif kind in ("lost-kit", "broken-kit"):
            standing = self.spare or own
            if not (self.checked or self.begun or self.noted) and (kit or standing) == standing:
                self.none = True
        elif kind in ("late-dose", "partial-dose"):
            self.none, self.begun = False, not self.checked

    def withdraw(self, kit):
        """Another slot's entry says that the kit was taken there."""
        if self.stands(kit):
            return
        if self.recorded == kit:
            self.recorded = UNKNOWN
        if self.noted != kit:
            return
        self.noted = None
        if not self.none:
            self.none = self.checked and self.recorded is None
            self.begun = not self.checked


class Doses:
    """All slots: a kit is taken once, where the last entry says, but a check-in's stands."""

    def __init__(self, slots):
        self.slots = {slot: Dose() for slot in slots}
        self.given = set()

    def recorded_elsewhere(self, kit, slot):
        """Whether the check-in of another slot stands that names the kit."""
        return any(dose.stands(kit) for other, dose in self.slots.items() if other != slot)

    def is_gone(self, kit):
        """Whether a spare was given before, or swallowed."""
        return kit in self.given or any(dose.taken and kit == dose.named_kit
                                        for dose in self.slots.values())

    def check_in(self, slot, kit):
        if kit is not None:
            self._take(slot, kit)
        self.slots[slot].check_in(kit)

    def deviate(self, slot, kind, kit, own):
        if kind == "wrong-kit":
            self._take(slot, kit)
        if kind == "spare-kit":
            self.given.add(kit)
        self.slots[slot].deviate(kind, kit, own)

    def _take(self, slot, kit):
        for other, dose in self.slots.items():
            if other != slot:
                dose.withdraw(kit)
