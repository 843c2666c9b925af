"""Data shipped with the package; sources and licences are in ATTRIBUTION.md."""

from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray


def digits() -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The UCI handwritten digits: images (1797, 64) with counts 0 to 16, and labels (1797,).

    Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning
    Repository, 1998, https://doi.org/10.24432/C50P49, CC BY 4.0: its test part, 8 x 8 pixels row
    by row.

    >>> images, labels = digits()
    >>> images.shape, float(images.max()), sorted(set(labels.tolist())) == list(range(10))
    ((1797, 64), 16.0, True)
    """
    with as_file(files(__name__) / "digits.npz") as path, np.load(path) as archive:
        return archive["images"].astype(np.float64), archive["labels"].astype(np.intp)


def diabetes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Diabetes of 442 patients: features (442, 10), and the progression after a year (442,).

    Age, sex (1, 2), body mass index, blood pressure and six serum measurements, as measured.
    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, Annals of
    Statistics 32, 2004, 407-499, as scikit-learn ships it.

    >>> features, progression = diabetes()
    >>> features.shape, float(progression.min()), float(progression.max())
    ((442, 10), 25.0, 346.0)
    """
    with as_file(files(__name__) / "diabetes.npz") as path, np.load(path) as archive:
        return archive["features"], archive["progression"]
