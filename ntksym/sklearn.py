"""scikit-learn's estimators and kernel, with the extra ``sklearn``: a name for users.

>>> import ntksym
>>> ntksym.sklearn.NTKRegressor(depth=2).fit([[0.0], [1.0]], [0.0, 1.0]).n_features_in_
1
"""

from ntksym.adapters.sklearn import NTKClassifier, NTKernel, NTKRegressor

__all__ = ["NTKClassifier", "NTKRegressor", "NTKernel"]
