"""The best set of aids that may be held together, for the totals shown.

True on paper; no database, no window. Two aids exclude each other when either names the other.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

LARGEST_EXACT_GROUP = 12

Stakes = Mapping[str, float]
Conflicts = Mapping[str, frozenset[str]]


def _groups(ids: Sequence[str], conflicts: Conflicts) -> list[list[str]]:
    """Split ids into groups linked by exclusions."""
    left, groups = set(ids), []
    while left:
        group, queue = [], [left.pop()]
        while queue:
            one = queue.pop()
            group.append(one)
            near = conflicts.get(one, frozenset()) & left
            left -= near
            queue.extend(near)
        groups.append(sorted(group))
    return groups


def _compatible(chosen: Sequence[str], conflicts: Conflicts) -> bool:
    return all(b not in conflicts.get(a, frozenset()) for a, b in combinations(chosen, 2))


def _best_of(group: Sequence[str], stakes: Stakes, conflicts: Conflicts) -> float:
    if len(group) == 1:
        return stakes[group[0]]
    if len(group) > LARGEST_EXACT_GROUP:
        return _greedy(group, stakes, conflicts)
    return max(
        sum(stakes[name] for name in chosen)
        for size in range(1, len(group) + 1)
        for chosen in combinations(group, size)
        if _compatible(chosen, conflicts)
    )


def _greedy(group: Sequence[str], stakes: Stakes, conflicts: Conflicts) -> float:
    chosen: list[str] = []
    for name in sorted(group, key=lambda one: -stakes[one]):
        if _compatible([*chosen, name], conflicts):
            chosen.append(name)
    return sum(stakes[name] for name in chosen)


def best_total(stakes: Stakes, conflicts: Conflicts) -> float:
    """Return the most euros that aids worth ``stakes`` give without a forbidden cumul."""
    paying = [name for name, money in stakes.items() if money > 0]
    return sum(_best_of(group, stakes, conflicts) for group in _groups(paying, conflicts))
