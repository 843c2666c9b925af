from sympy import Function, erf, sqrt, oo, S, exp, pi
from sympy import default_sort_key
class BivariateNormalCDF(Function):
    nargs = 3
    @classmethod
    def eval(cls, h, k, r):
        if h == oo: return S.Half + erf(k/sqrt(2))/2
        if k == oo: return S.Half + erf(h/sqrt(2))/2
        if -oo in (h,k): return S.Zero
        if default_sort_key(k) < default_sort_key(h): return cls(k,h,r)
    is_real = True
    def fdiff(self, i=1):
        h,k,r=self.args
        if i==3: return exp(-(h*h-2*r*h*k+k*k)/(2*(1-r*r)))/(2*pi*sqrt(1-r*r))
        if i==2: h,k=k,h
        return exp(-h*h/2)/sqrt(2*pi)*(1+erf((k-r*h)/sqrt(2*(1-r*r))))/2
