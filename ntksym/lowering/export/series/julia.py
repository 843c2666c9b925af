"""The series in Julia: what a point brings to a layer is computed once and kept."""

from string import Template

TEXT = Template('''\
# The orders 2i and 2i + 1 for each i of INDEX, which stand for as many as WEIGHT says, in blocks of
# HALF = 2^LEVEL: all i below 2 HALF, then with steps that double.
const HALF, LEVEL, BLOCKS = $half, $level, $blocks
const INDEX = [$index]
const WEIGHT = [$weight]
const STEP, NODES, LARGEST = $step, $nodes, $largest

"Nodes, and h_k there over the root of k + 1, with their weights: k = 2i - 1, and k = 2i."
function hermite()
    x = [STEP * (NODES - 0.5 - j) for j in 0:NODES-1]
    before, at = zero(x), STEP / sqrt(2.0 * pi) * exp.(-0.5 * x .* x)
    even, odd = [at], typeof(at)[]
    for k in 0:2*INDEX[end]
        i, weight = INDEX[length(odd)+1], WEIGHT[length(odd)+1]
        if k == 2 * i - 1
            push!(even, sqrt(weight / (k + 1)) * at)
        elseif k == 2 * i
            push!(odd, sqrt(weight / (k + 1)) * at)
        end
        before, at = at, (x .* at - sqrt(k) * before) / sqrt(k + 1)
    end
    return x, permutedims(reduce(hcat, even)), permutedims(reduce(hcat, odd))
end

const NODE, EVEN, ODD = hermite()

"Of a point: t, t/s, and the coefficients over t of the even and of the odd orders."
function expanded(s, values)
    s <= LARGEST || throw(DomainError(s, "expected a standard deviation of at most $$LARGEST"))
    known = s > 1e-77 ? s : oftype(s, 1e-77)
    right, left = values.(known * NODE), values.(-known * NODE)
    mean = dot(EVEN[1, :], first.(right) + first.(left)) / known
    even = EVEN[2:end, :] * (last.(right) - last.(left))
    odd = ODD * (last.(right) + last.(left))
    ratio = sqrt(mean * mean + sum(abs2, even) + sum(abs2, odd))
    zero = abs(first(values(0.0 * s)))
    t = s > 1e-77 || zero == 0.0 ? s * ratio : zero
    return t, ratio, [mean; even] / ratio, odd / ratio
end

"""
P(1), P(1) - P(x), P'(x) of P(x) = sum of a[i]*b[i]*x^i over i >= 0, and how far these are.

rest is 1 - x. A block from i = HALF 2^p on is a polynomial in y = x^(2^p): nothing is subtracted
in Horner's scheme for t, q, r = T, Q, Q' of T - (1 - y) Q(y).
"""
function polynomial(a, b, x, rest)
    powers, rests, below = [x], [rest], [one(x)]
    for p in 1:LEVEL+BLOCKS-1
        push!(powers, powers[p] * powers[p])
        push!(rests, rests[p] * (1.0 + powers[p]))
        push!(below, below[p] * powers[p])
    end
    total = fall = slope = apart = zero(a[1] * b[1] * x)
    for k in 0:BLOCKS-1
        p = max(k, 1)
        y, low = powers[p], 2.0^(p - 1) * below[p+LEVEL]
        far, left = k > 0 ? (powers[p+LEVEL], rests[p+LEVEL]) : (one(x), zero(x))
        u, v = k > 0 ? (HALF * low, low * y) : (zero(x), one(x))
        t = q = r = zero(total)
        for m in HALF*(k+1):-1:HALF*k+1
            r, q, t, apart = r * y + q, q * y + t, t + a[m] * b[m], apart + abs2(a[m] - b[m])
        end
        total += t
        fall += t * left + far * (rests[p] * q)
        slope += u * (t - rests[p] * q) + v * (q - rests[p] * r)
    end
    return total, fall, slope, apart
end

"Behind an activation without a closed form."
function series_layer(minus, plus, theta, size1, size2, values, known)
    t1, ratio1, even1, odd1 = get!(() -> expanded(size1, values), known, (size1, values))
    t2, ratio2, even2, odd2 = get!(() -> expanded(size2, values), known, (size2, values))
    rho, rest = 0.5 * (plus - minus), minus * plus
    even, apart_e, slope_e, far_e = polynomial(even1, even2, rho * rho, rest)
    odd, apart_o, slope_o, far_o = polynomial(odd1, odd2, rho * rho, rest)
    far = 0.5 * (far_e + far_o)
    less = far + apart_e + (minus * odd + rho * apart_o)
    more = far + even + (even - apart_e) + (plus * odd - rho * apart_o)
    slope = 2.0 * rho * slope_e + (odd - apart_o) + 2.0 * rho * rho * slope_o
    kernel = ratio1 * ratio2 * slope * theta
    return t1 > 0.0 && t2 > 0.0 ? (less, more, kernel, t1, t2) : (minus, plus, kernel, t1, t2)
end''')
