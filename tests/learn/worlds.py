"""Made-up catalogues and people, and the best possible plan for them."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ccio_skills.learn.rules import planner

SKILLS = tuple(f"skill-{n:02}" for n in range(45))


def make_catalogue(size, *, seed, skills=SKILLS, shortest=10, longest=90):
    """Modules of 10 to 90 minutes; four in ten stand on one or two others of the same skill."""
    random = np.random.default_rng([seed, size])
    offers, depth, before = [], {}, {}
    for n in range(size):
        main = skills[random.integers(len(skills))]
        others = random.choice(skills, size=random.choice(3, p=[0.5, 0.35, 0.15]), replace=False)
        level = int(random.choice([1, 2, 3, 4], p=[0.2, 0.4, 0.3, 0.1]))
        earlier = [o for o in before.get(main, []) if o.level <= level and depth[o.slug] < 3][-60:]
        needed = []
        if earlier and random.random() < 0.4:
            count = min(len(earlier), int(random.choice([1, 2], p=[0.75, 0.25])))
            needed = [earlier[i].slug for i in random.choice(len(earlier), count, replace=False)]
        slug = f"module-{n:05}"
        offer = planner.Offer(
            slug=slug,
            code=f"M{n:05}",
            minutes=int(np.clip(random.lognormal(3.4, 0.6), shortest, longest).round()),
            level=level,
            skills=(main, *(str(other) for other in others if other != main)),
            prerequisites=tuple(needed),
        )
        depth[slug] = 1 + max((depth[p] for p in needed), default=0)
        before.setdefault(main, []).append(offer)
        offers.append(offer)
    return offers


def make_standing(*, seed, skills=SKILLS):
    """Somebody who rated about six skills in seven."""
    random = np.random.default_rng([seed, 1])
    levels = np.clip(random.normal(1.8, 1.1, len(skills)).round(), 0, 5).astype(int)
    targets = np.clip(random.normal(2.8, 0.8, len(skills)).round(), 1, 4).astype(int)
    weights = random.integers(1, 4, len(skills))
    rated = random.random(len(skills)) < 0.85
    return planner.Standing(
        levels={s: int(v) for s, v, r in zip(skills, levels, rated, strict=True) if r},
        targets={s: int(v) for s, v in zip(skills, targets, strict=True)},
        weights={s: int(v) for s, v in zip(skills, weights, strict=True)},
    )


def gains(offer):
    """What a module gives to each (skill, step), from the definition, as shares of a step."""
    given = {}
    for skill in offer.skills:
        whole = 1.0 if skill == offer.skills[0] else 0.5
        given[skill, offer.level] = whole
        if offer.level > 1:
            given[skill, offer.level - 1] = whole / 2
    return given


def needed(standing):
    """Weight of each needed (skill, step), from the definition."""
    return {
        (skill, step): standing.weights[skill]
        for skill, level in standing.levels.items()
        for step in range(level + 1, standing.targets.get(skill, 0) + 1)
    }


def value(offers, standing):
    """What taking all these modules is worth."""
    total = {}
    for offer in offers:
        for element, share in gains(offer).items():
            total[element] = total.get(element, 0) + share
    return sum(w * min(1.0, total.get(element, 0.0)) for element, w in needed(standing).items())


def best_value(offers, standing, *, minutes, done=frozenset(), banned=frozenset(), seconds=60):
    """The value of the best plan there is, by integer programming (HiGHS).

    One column per module (taken or not) and one per needed step (how much of it is covered). A
    module that is too far ahead, or gives nothing needed, is taken only as a prerequisite.
    """
    need = needed(standing)
    if not offers or not need:
        return 0.0
    rows = _Rows({offer.slug: n for n, offer in enumerate(offers)}, need)
    rows.add({offer.slug: offer.minutes for offer in offers}, at_most=minutes)
    for element in need:
        given = {offer.slug: -gains(offer).get(element, 0) for offer in offers}
        rows.add({element: 1} | {slug: share for slug, share in given.items() if share})
    for offer in offers:
        dependents = [other.slug for other in offers if offer.slug in other.prerequisites]
        if offer.slug not in done:
            for dependent in dependents:
                rows.add({dependent: 1, offer.slug: -1})
        is_ahead = standing.levels.get(offer.skills[0], 0) < offer.level - 2
        if is_ahead or not need.keys() & gains(offer).keys():
            rows.add({offer.slug: 1} | dict.fromkeys(dependents, -1))
    free = [offer.slug not in done | banned for offer in offers]
    found = milp(
        [0] * len(offers) + [-weight for weight in need.values()],
        constraints=rows.constraint(),
        integrality=[1] * len(offers) + [0] * len(need),
        bounds=Bounds(0, [*free, *[1] * len(need)]),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    return -found.fun


class _Rows:
    """Linear rules: a sum of columns is at most a number."""

    def __init__(self, modules, need):
        self.columns = modules | {each: len(modules) + n for n, each in enumerate(need)}
        self.cells, self.highest = [], []

    def add(self, factors, *, at_most=0):
        row = len(self.highest)
        self.cells += [(factor, row, self.columns[name]) for name, factor in factors.items()]
        self.highest.append(at_most)

    def constraint(self):
        factors, rows, columns = zip(*self.cells, strict=True)
        shape = (len(self.highest), len(self.columns))
        matrix = sparse.csr_matrix((factors, (rows, columns)), shape=shape)
        return LinearConstraint(matrix, -np.inf, self.highest)
