"""scikit-learn: estimators of kernel regression, and a kernel for its Gaussian processes."""

try:
    import sklearn  # noqa: F401
except ImportError as error:
    raise ImportError("ntksym.sklearn needs scikit-learn: pip install 'ntksym[sklearn]'") from error

from ntksym.adapters.sklearn.classifier import NTKClassifier
from ntksym.adapters.sklearn.process import NTKernel
from ntksym.adapters.sklearn.regressor import NTKRegressor

__all__ = ["NTKClassifier", "NTKRegressor", "NTKernel"]
