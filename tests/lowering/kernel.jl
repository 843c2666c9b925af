#=
The neural tangent kernel of an infinitely wide network.

Written by ntksym 0.1.0: ntksym.to_source(kernel, "julia").
Julia 1.9 or later: include("kernel.jl"). ForwardDiff differentiates it.

The network, x of n0 coordinates first:
    affine, w_std = 1.4142135623730951, b_std = 0.1
    relu: σ(z) = Max(0, z)
    affine, w_std = 1.4142135623730951, b_std = 0.1
    relu: σ(z) = Max(0, z)
    affine, w_std = 1.4142135623730951, b_std = 0.1

Its kernel, in the parametrisation of Jacot, Gabriel and Hongler (2018):

    Σ¹ = w² x·x'/n0 + β²      Σˡ⁺¹ = w² E[σ(u)σ(v)] + β²,   (u, v) ~ N(0, Σˡ restricted to x, x')
    Θ¹ = Σ¹                   Θˡ⁺¹ = Σˡ⁺¹ + w² Σ̇ˡ⁺¹ Θˡ,     Σ̇ˡ⁺¹ = E[σ'(u)σ'(v)]

Of relu, with variances q₁, q₂ and covariance c of (u, v):

                          ⎛    c    ⎞
                  c⋅arcsin⎜─────────⎟          ____________
                          ⎜  _______⎟         ╱          2
                          ⎝╲╱ q₁⋅q₂ ⎠   c   ╲╱  q₁⋅q₂ - c
    E[σ(u)σ(v)] = ─────────────────── + ─ + ───────────────
                          2⋅π           4         2⋅π

                          ⎛    c    ⎞
                    arcsin⎜─────────⎟
                          ⎜  _______⎟
                          ⎝╲╱ q₁⋅q₂ ⎠
    E[σ'(u)σ'(v)] = ───────────────── + 1/4
                           2⋅π

A pair of points is carried from layer to layer by its gaps 1 - rho and 1 + rho, which keep their
digits where points are close or opposite, and a point by its standard deviation s.
=#

using LinearAlgebra: dot, norm

"The square root of x; 0, with the derivative 0, where x is not positive."
root(x) = x > 0.0 ? sqrt(x) : zero(x)

"1 - rho and 1 + rho of two points; near is that on the side of way = 1 or -1."
function start_gaps(near, way, s1, s2)
    close = (-8.0*(eps(Float64) * eps(Float64)) + near > 0.0 ? near : 0.0)
    x0 = min(s1, s2)
    x1 = 2.0 - close
    x2 = max(s1, s2)
    minus = (x0 > 0.0 ? (way > 0.0 ? close : x1) : (x2 > 0.0 ? 1.0 : 0.0))
    plus = (x0 > 0.0 ? (-way > 0.0 ? close : x1) : (x2 > 0.0 ? 1.0 : 2.0))
    return minus, plus
end

"s of a sum of two parts, and their shares of it."
function together(x, y)
    whole = abs(x) + abs(y)
    s = (whole > 0.0 ? hypot((whole > 0.0 ? x : 1.0), y) : 0.0)
    size = (s > 0.0 ? s : 1.0)
    x0 = (1.0 / size)
    a = (s > 0.0 ? x*x0 : 1.0)
    e = x0*y
    return a, e, s
end

"Behind an affine layer."
function affine(minus, plus, theta, t1, t2, w, b)
    a1, e1, s1 = together(t1*w, b)
    a2, e2, s2 = together(t2*w, b)
    x0 = a1*a2
    x1 = minus*x0
    x2 = (1.0 / 2.0)*((a1 - a2) * (a1 - a2)) + (1.0 / 2.0)*((e1 - e2) * (e1 - e2))
    x3 = 2.0*e1*e2 + plus*x0
    less = x1 + x2
    more = x2 + x3
    kernel = (1.0 / 2.0)*s1*s2*(-x1 + x3) + theta*(w * w)
    return less, more, kernel, s1, s2
end

"Of one point."
function relu_point(s1)
    t1 = (1.0 / 2.0)*s1*sqrt(2.0)
    return t1
end

"arccos(1 - gap), 0 <= gap <= 1."
function acute_angle(gap)
    angle = 2.0*asin((1.0 / 2.0)*root(gap)*sqrt(2.0))
    return angle
end

"What angle = acute_angle(gap) exceeds its sine by."
function acute_excess(gap, angle)
    z = (1.0 / 2.0)*gap
    h = root(z)
    p0 = (z*(z*(0.06867273601930061*z - 0.04411464333087715) + 0.04494816749312853) +
        0.008339668858162447)
    p1 = (z*(z*(z*(p0*z + 0.02259964132864312) + 0.024374511450638816) + 0.030103611133059906) +
        0.03785897230337522)
    p2 = (z*(z*(z*(p1*z + 0.04971597361440139) + 0.06944444290589044) + 0.10714285716187) +
        0.19999999999990783)
    p3 = p2*z + 0.6666666666666667
    excess = (1.0 / 2.0 - gap > 0.0 ? 2.0*h*p3*z : angle - root(gap*(2.0 - gap)))
    return excess
end

"Behind the activation."
function relu_layer(minus, plus, theta, size1, size2)
    gap = (-minus + plus > 0.0 ? minus : plus)
    t1 = relu_point(size1)
    t2 = relu_point(size2)
    angle = acute_angle(gap)
    excess = acute_excess(gap, angle)
    x0 = min(size1, size2)
    x1 = -minus + plus
    x2 = (1.0 / pi)*angle
    x3 = (1.0 / pi)*excess - gap*x2
    x4 = (x1 > 0.0 ? gap + x3 : x3 + 1.0)
    x5 = (1.0 / 2.0)*x2
    less = (x0 > 0.0 ? x4 : minus)
    more = (x0 > 0.0 ? 2.0 - x4 : plus)
    kernel = theta*(x1 > 0.0 ? 1.0 / 2.0 - x5 : x5)
    after1 = (size1 > 0.0 ? t1 : 0.0)
    after2 = (size2 > 0.0 ? t2 : 0.0)
    return less, more, kernel, after1, after2
end

"x of length 1, and its standard deviation: its length over the root of its size."
function unit(x)
    s = norm(x)
    return x / (s > 0.0 ? s : one(s)), s / sqrt(length(x))
end

"The kernel of two points, each with its standard deviation."
function entry(unit1, s1, unit2, s2, w_std, b_std)
    way = dot(unit1, unit2) >= 0.0 ? 1.0 : -1.0
    near = 0.5 * sum(abs2, unit1 - way * unit2)
    minus, plus = start_gaps(near, way, s1, s2)
    theta = 0.0
    minus, plus, theta, s1, s2 = affine(minus, plus, theta, s1, s2, w_std, b_std)
    for _ in 1:2
        minus, plus, theta, s1, s2 = relu_layer(minus, plus, theta, s1, s2)
        minus, plus, theta, s1, s2 = affine(minus, plus, theta, s1, s2, w_std, b_std)
    end
    return theta
end

"K(X, Y) of size (n, m); the points are the rows of X (n, d) and Y (m, d)."
function kernel(X, Y = X; w_std = 1.4142135623730951, b_std = 0.1)
    first, second = unit.(eachrow(X)), unit.(eachrow(Y))
    return [entry(x..., y..., w_std, b_std) for x in first, y in second]
end
