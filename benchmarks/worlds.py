"""Made-up catalogues and people, and the best possible plan for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ccio_skills.learn.rules import planner
from ccio_skills.vocabulary import Slug

SKILLS = tuple(f"skill-{n:02}" for n in range(45))

Element = tuple[Slug, int]


def make_catalogue(
    size: int,
    *,
    seed: int,
    skills: Sequence[Slug] = SKILLS,
    shortest: int = 10,
    longest: int = 90,
) -> list[planner.Offer]:
    """Return modules; four in ten stand on one or two others of the same skill."""
    random = np.random.default_rng([seed, size])
    offers: list[planner.Offer] = []
    depth: dict[Slug, int] = {}
    before: dict[Slug, list[planner.Offer]] = {}
    for n in range(size):
        main = skills[int(random.integers(len(skills)))]
        others = random.choice(skills, size=random.choice(3, p=[0.5, 0.35, 0.15]), replace=False)
        level = int(random.choice([1, 2, 3, 4], p=[0.2, 0.4, 0.3, 0.1]))
        earlier = [o for o in before.get(main, []) if o.level <= level and depth[o.slug] < 3][-60:]
        needed: list[Slug] = []
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


def make_standing(*, seed: int, skills: Sequence[Slug] = SKILLS) -> planner.Standing:
    """Return somebody who rated about six skills in seven."""
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


def gains(offer: planner.Offer) -> dict[Element, float]:
    """Return what a module gives to each (skill, step), from the definition, in steps."""
    given: dict[Element, float] = {}
    for skill in offer.skills:
        whole = 1.0 if skill == offer.skills[0] else 0.5
        given[skill, offer.level] = whole
        if offer.level > 1:
            given[skill, offer.level - 1] = whole / 2
    return given


def needed(standing: planner.Standing) -> dict[Element, int]:
    """Return the weight of each needed (skill, step), from the definition."""
    return {
        (skill, step): standing.weights[skill]
        for skill, level in standing.levels.items()
        for step in range(level + 1, standing.targets.get(skill, 0) + 1)
    }


def value(offers: Collection[planner.Offer], standing: planner.Standing) -> float:
    """Return what taking all these modules is worth."""
    total: dict[Element, float] = {}
    for offer in offers:
        for element, share in gains(offer).items():
            total[element] = total.get(element, 0) + share
    return sum(w * min(1.0, total.get(element, 0.0)) for element, w in needed(standing).items())


def best_value(
    offers: Sequence[planner.Offer],
    standing: planner.Standing,
    *,
    minutes: int,
    done: Collection[Slug] = frozenset(),
    banned: Collection[Slug] = frozenset(),
    seconds: float = 60,
) -> float:
    """Return the value of the best plan there is, by integer programming (HiGHS).

    One column per module (taken or not) and one per needed step (how much of it is covered). A
    module that is too far ahead, or gives nothing needed, is taken only as a prerequisite.

    Raises:
        RuntimeError: No optimum is proven within so many seconds.
    """
    need = needed(standing)
    if not offers or not need:
        return 0.0
    rows = _Rows([*(offer.slug for offer in offers), *need])
    rows.add([(offer.slug, offer.minutes) for offer in offers], at_most=minutes)
    for element, givers in _find_givers(offers, need).items():
        rows.add([(element, 1), *((slug, -share) for slug, share in givers.items())])
    _add_prerequisites(rows, offers, standing, done=done)
    free = [offer.slug not in done and offer.slug not in banned for offer in offers]
    found = milp(
        [0] * len(offers) + [-weight for weight in need.values()],
        constraints=rows.constraint(),
        integrality=np.repeat([1, 0], [len(offers), len(need)]),
        bounds=Bounds(0, np.array([*free, *[1] * len(need)], dtype=np.float64)),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    if found.status != 0:
        raise RuntimeError(f"{len(offers)} modules, {minutes} minutes: {found.message}")
    return -float(found.fun)


def _add_prerequisites(
    rows: _Rows,
    offers: Sequence[planner.Offer],
    standing: planner.Standing,
    *,
    done: Collection[Slug],
) -> None:
    need = needed(standing).keys()
    dependents = _find_dependents(offers)
    for offer in offers:
        if offer.slug not in done:
            for dependent in dependents[offer.slug]:
                rows.add([(dependent, 1), (offer.slug, -1)])
        is_ahead = standing.levels.get(offer.skills[0], 0) < offer.level - 2
        if is_ahead or not need & gains(offer).keys():
            rows.add([(offer.slug, 1), *((other, -1) for other in dependents[offer.slug])])


def _find_givers(
    offers: Iterable[planner.Offer], need: Iterable[Element]
) -> dict[Element, dict[Slug, float]]:
    givers: dict[Element, dict[Slug, float]] = {element: {} for element in need}
    for offer in offers:
        for element, share in gains(offer).items():
            if element in givers:
                givers[element][offer.slug] = share
    return givers


def _find_dependents(offers: Sequence[planner.Offer]) -> dict[Slug, list[Slug]]:
    """Return per module what it stands before, however far: also behind a module that is done."""
    needs = {offer.slug: offer.prerequisites for offer in offers}
    dependents: dict[Slug, list[Slug]] = {offer.slug: [] for offer in offers}
    for offer in offers:
        before: dict[Slug, None] = {}
        left = [slug for slug in offer.prerequisites if slug in dependents]
        while left:
            slug = left.pop()
            if slug not in before:
                before[slug] = None
                left += [one for one in needs[slug] if one in dependents]
        for slug in before:
            dependents[slug].append(offer.slug)
    return dependents


class _Rows:
    """Linear rules: a sum of columns is at most a number."""

    def __init__(self, columns: Iterable[Slug | Element]) -> None:
        self.columns = {column: number for number, column in enumerate(columns)}
        self.cells: list[tuple[float, int, int]] = []
        self.highest: list[float] = []

    def add(self, factors: Iterable[tuple[Slug | Element, float]], *, at_most: float = 0) -> None:
        row = len(self.highest)
        self.cells += [(factor, row, self.columns[column]) for column, factor in factors]
        self.highest.append(at_most)

    def constraint(self) -> LinearConstraint:
        factors, rows, columns = zip(*self.cells, strict=True)
        shape = (len(self.highest), len(self.columns))
        matrix = sparse.csr_matrix((factors, (rows, columns)), shape=shape)
        return LinearConstraint(matrix, -np.inf, self.highest)
