"""Pictures of kernels, with matplotlib where it is installed (the extra ``report``)."""

from ntksym.plots.circles import circle, circles
from ntksym.plots.phases import phases
from ntksym.plots.rates import quantiles, rates
from ntksym.plots.spectra import spectra

__all__ = ["circle", "circles", "phases", "quantiles", "rates", "spectra"]
