"""Made-up catalogues and people, and the best possible plan for them."""

import numpy as np
import scipy.sparse as sp
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


def best_value(offers, standing, *, minutes, done=frozenset(), banned=frozenset(), limit=60):
    """The value of the best plan there is, by integer programming (HiGHS)."""
    place = {o.slug: n for n, o in enumerate(offers)}
    need = needed(standing)
    elements = {element: n for n, element in enumerate(need)}
    m, e = len(offers), len(elements)
    if not e or not m:
        return 0.0
    rows, cols, vals, upper = [], [], [], []
    rows += [0] * m
    cols += range(m)
    vals += [o.minutes for o in offers]
    upper.append(minutes)
    for element, n in elements.items():
        rows.append(1 + n), cols.append(m + n), vals.append(1.0)
        upper.append(0.0)
    for offer in offers:
        for element, share in gains(offer).items():
            if element in elements:
                (
                    rows.append(1 + elements[element]),
                    cols.append(place[offer.slug]),
                    vals.append(-share),
                )
    highest = np.ones(m + e)
    needs_me = {}
    for offer in offers:
        me = place[offer.slug]
        if offer.slug in done or offer.slug in banned:
            highest[me] = 0
        for p in offer.prerequisites:
            if p in place and p not in done:
                needs_me.setdefault(p, []).append(me)
                rows += [len(upper)] * 2
                cols += [me, place[p]]
                vals += [1.0, -1.0]
                upper.append(0.0)
    for offer in offers:
        if standing.levels.get(offer.skills[0], 0) < offer.level - 2:
            dependents = needs_me.get(offer.slug, [])
            rows += [len(upper)] * (1 + len(dependents))
            cols += [place[offer.slug], *dependents]
            vals += [1.0] + [-1.0] * len(dependents)
            upper.append(0.0)
    matrix = sp.csr_matrix((vals, (rows, cols)), shape=(len(upper), m + e))
    found = milp(
        np.concatenate([np.zeros(m), -np.array(list(need.values()), dtype=float)]),
        constraints=LinearConstraint(matrix, -np.inf, upper),
        integrality=np.concatenate([np.ones(m), np.zeros(e)]),
        bounds=Bounds(0, highest),
        options={"time_limit": limit, "mip_rel_gap": 1e-6},
    )
    return -found.fun if found.fun is not None else np.nan
