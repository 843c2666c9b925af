"""Tests of samples against a Gaussian law that is known, and of independence."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats
from scipy.linalg import solve_triangular


@dataclass(frozen=True)
class Tests:
    """p-values by name; ``passes`` if each is at least ``level`` over their number (Bonferroni).

    A true claim fails with probability at most ``level``. ``samples`` are whitened: under the
    claim independent standard normal numbers, of shape (count, points) for each output.
    """

    __test__ = False  # not a class of pytest's

    claim: str
    samples: np.ndarray
    p_values: Mapping[str, float]
    level: float

    @property
    def passes(self) -> bool:
        return min(self.p_values.values()) >= self.level / len(self.p_values)

    def __str__(self) -> str:
        shown = ", ".join(f"{name} p = {p:.2g}" for name, p in self.p_values.items())
        return f"{self.claim}: {'passes' if self.passes else 'fails'} ({shown})"


def whitened(samples: np.ndarray, covariance: np.ndarray, name: str = "X") -> np.ndarray:
    """Of samples (count, m, ...) from N(0, covariance): independent standard normal numbers.

    ``ValueError`` where the covariance is singular on the points, which the user calls ``name``.
    """
    try:
        root = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise ValueError(
            f"{name}: expected points on which the covariance is not singular"
        ) from None
    inverse = solve_triangular(root, np.eye(len(root)), lower=True)
    return np.asarray(np.einsum("ij,nj...->ni...", inverse, samples))


def normal(z: np.ndarray) -> dict[str, float]:
    r"""p-values of z (N, m) against N(0, 1).

    mean: N|z̄|² is χ²(m). covariance: the likelihood ratio of A = zᵀz/N against 1,
    N(tr A - log det A - m) with Bartlett's factor, is χ²(m(m+1)/2) for large N. radius: Kolmogorov
    and Smirnov's test of |z|² against χ²(m). skewness, kurtosis: Mardia's [mardia1970].
    """
    count, m = z.shape
    second = z.T @ z / count
    ratio = count * (np.trace(second) - np.linalg.slogdet(second)[1] - m)
    bartlett = 1 - (2 * m**2 + 3 * m - 1) / (6 * count * (m + 1))
    spread = np.cov(z.T, ddof=0).reshape(m, m)
    standard = whitened(z - z.mean(0), spread)
    third = (standard[:, :, None] * standard[:, None]).reshape(count, -1).T @ standard / count
    fourth = np.mean(np.sum(standard**2, axis=1) ** 2)
    excess = (fourth - m * (m + 2)) / np.sqrt(8 * m * (m + 2) / count)
    chi2 = stats.chi2
    return {
        "mean": float(chi2.sf(count * np.sum(z.mean(0) ** 2), m)),
        "covariance": float(chi2.sf(bartlett * ratio, m * (m + 1) / 2)),
        "radius": float(stats.kstest(np.sum(z**2, axis=1), chi2(m).cdf).pvalue),
        "skewness": float(chi2.sf(count * np.sum(third**2) / 6, m * (m + 1) * (m + 2) / 6)),
        "kurtosis": float(2 * stats.norm.sf(abs(excess))),
    }


def independent(z: np.ndarray) -> dict[str, float]:
    """p-values of z (N, m, k) against independence of the k columns, each N(0, 1).

    correlation: N Σ|z_iᵀz_j/N|² over pairs i < j is χ²(m² pairs) for large N. sizes: Spearman's
    rank correlation of |z_i|² and |z_j|², the smallest p-value times the pairs.
    """
    count, m, outputs = z.shape
    pairs = list(combinations(range(outputs), 2))
    cross = sum(np.sum((z[:, :, i].T @ z[:, :, j]) ** 2) / count for i, j in pairs)
    sizes = np.sum(z**2, axis=1)
    ranks = [stats.spearmanr(sizes[:, i], sizes[:, j]).pvalue for i, j in pairs]
    return {
        "correlation": float(stats.chi2.sf(cross, m * m * len(pairs))),
        "sizes": float(min(1.0, len(pairs) * min(ranks))),
    }
