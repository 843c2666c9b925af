"""The series in C: what a point brings to a layer is computed once and kept."""

from string import Template

TEXT = Template("""\
/* The orders 2i and 2i + 1 for each i of INDEX, which stand for as many as WEIGHT says, in blocks
   of HALF = 2**LEVEL: all i below 2*HALF, then with steps that double. The nodes of the trapezoid
   rule; the layers of a point; the largest standard deviation before an activation. */
enum { HALF = $half, LEVEL = $level, BLOCKS = $blocks, COUNT = $count };
enum { NODES = $nodes, LAYERS = $layers };
static const int INDEX[COUNT] = {$index};
static const double WEIGHT[COUNT] = {$weight};
static const double STEP = $step, LARGEST = $largest;

typedef void function(double z, double *value, double *slope);

/* The nodes, and h_k there over the root of k + 1, with weights: k = 2i - 1, and k = 2i. */
struct rule { double node[NODES], even[COUNT][NODES], odd[COUNT][NODES]; };

/* Of a point in a layer: t, t/s, and the coefficients over t of the even and of the odd orders. */
struct point { int known; double t, ratio, even[COUNT], odd[COUNT]; };

/* The rule, and for n points what each layer brings; null where there is no memory. */
struct memory { struct rule rule; struct point points[]; };

static struct memory *remember(size_t n)
{
    struct memory *of = calloc(1, sizeof *of + n * LAYERS * sizeof(struct point));
    for (int j = 0; of && j < NODES; j++) {
        const double x = STEP * (NODES - 0.5 - j);
        double before = 0.0, at = STEP / sqrt(2.0 * PI) * exp(-0.5 * x * x);
        of->rule.node[j] = x;
        of->rule.even[0][j] = at;
        for (int i = 0, k = 0; i < COUNT; k++) {
            if (k == 2 * INDEX[i] - 1)
                of->rule.even[i][j] = sqrt(WEIGHT[i] / (k + 1.0)) * at;
            if (k == 2 * INDEX[i]) {
                of->rule.odd[i][j] = sqrt(WEIGHT[i] / (k + 1.0)) * at;
                i++;
            }
            const double next = (x * at - sqrt((double)k) * before) / sqrt(k + 1.0);
            before = at;
            at = next;
        }
    }
    return of;
}

static double product(const double *x, const double *y)
{
    double sum = 0.0;
    for (int j = 0; j < NODES; j++)
        sum += x[j] * y[j];
    return sum;
}

/* Fills in what a point with the standard deviation s brings; NaN where s is too large. */
static void expand(struct point *of, double s, function *values, const struct rule *by)
{
    double sum[NODES], more[NODES], less[NODES], zero, idle, square = 0.0;
    const double known = s > 1e-77 ? (s <= LARGEST ? s : NAN) : 1e-77;
    for (int j = 0; j < NODES; j++) {
        double right, left, slope, behind;
        values(known * by->node[j], &right, &slope);
        values(-known * by->node[j], &left, &behind);
        sum[j] = right + left;
        more[j] = slope + behind;
        less[j] = slope - behind;
    }
    of->even[0] = product(by->even[0], sum) / known;
    for (int i = 0; i < COUNT; i++) {
        of->odd[i] = product(by->odd[i], more);
        if (i > 0)
            of->even[i] = product(by->even[i], less);
        square += of->odd[i] * of->odd[i] + of->even[i] * of->even[i];
    }
    of->ratio = sqrt(square);
    for (int i = 0; i < COUNT; i++) {
        of->even[i] /= of->ratio;
        of->odd[i] /= of->ratio;
    }
    values(0.0, &zero, &idle);
    of->t = s > 1e-77 || zero == 0.0 ? s * of->ratio : fabs(zero);
    of->known = 1;
}

/* P(1), P(1) - P(x), P'(x) of P(x) = sum of a[i] b[i] x**i, and how far these are; rest is 1 - x.
   A block from i = HALF 2**p on is a polynomial in y = x**(2**p): nothing is subtracted in
   Horner's scheme for t, q, r = T, Q, Q' of T - (1 - y) Q(y). */
static void polynomial(const double *a, const double *b, double x, double rest, double *out)
{
    double powers[LEVEL + BLOCKS], rests[LEVEL + BLOCKS], below[LEVEL + BLOCKS];
    powers[0] = x;
    rests[0] = rest;
    below[0] = 1.0;
    for (int p = 0; p < LEVEL + BLOCKS - 1; p++) {
        powers[p + 1] = powers[p] * powers[p];
        rests[p + 1] = rests[p] * (1.0 + powers[p]);
        below[p + 1] = below[p] * powers[p];
    }
    for (int k = 0; k < 4; k++)
        out[k] = 0.0;
    for (int k = 0; k < BLOCKS; k++, a += HALF, b += HALF) {
        const int p = k > 0 ? k - 1 : 0;
        const double y = powers[p], left = k > 0 ? rests[p + LEVEL] : 0.0;
        const double far = k > 0 ? powers[p + LEVEL] : 1.0, low = ldexp(below[p + LEVEL], p);
        const double u = k > 0 ? HALF * low : 0.0, v = k > 0 ? low * y : 1.0;
        double t = 0.0, q = 0.0, r = 0.0;
        for (int m = HALF - 1; m >= 0; m--) {
            r = r * y + q;
            q = q * y + t;
            t += a[m] * b[m];
            out[3] += (a[m] - b[m]) * (a[m] - b[m]);
        }
        out[0] += t;
        out[1] += t * left + far * (rests[p] * q);
        out[2] += u * (t - rests[p] * q) + v * (q - rests[p] * r);
    }
}

/* Behind an activation without a closed form. */
static void series_layer(double minus, double plus, double theta, double size1, double size2,
    function *values, struct point *one, struct point *two, const struct rule *by,
    double *less_, double *more_, double *kernel_, double *after1_, double *after2_)
{
    if (!one->known)
        expand(one, size1, values, by);
    if (!two->known)
        expand(two, size2, values, by);
    const double rho = 0.5 * (plus - minus), x = rho * rho, rest = minus * plus;
    double even[4], odd[4];
    polynomial(one->even, two->even, x, rest, even);
    polynomial(one->odd, two->odd, x, rest, odd);
    const double far = 0.5 * (even[3] + odd[3]);
    const int still = one->t == 0.0 || two->t == 0.0;
    *less_ = still ? minus : far + even[1] + (minus * odd[0] + rho * odd[1]);
    *more_ = still ? plus : far + even[0] + (even[0] - even[1]) + (plus * odd[0] - rho * odd[1]);
    *kernel_ = one->ratio * two->ratio * theta *
        (2.0 * rho * even[2] + (odd[0] - odd[1]) + 2.0 * x * odd[2]);
    *after1_ = one->t;
    *after2_ = two->t;
}""")

SIGNATURE = """\
static double entry(size_t d, const double *x, const double *y, $parameters,
    struct point *at1, struct point *at2, const struct rule *by)"""
CALLS = """\
/* K(x, y) of two points of d coordinates; $name computes many at far less cost each. */
double ${name}_pair(size_t d, const double *x, const double *y, $parameters)
{
    struct memory *memory = remember(2);
    if (!memory)
        return NAN;
    struct point *points = memory->points;
    const double found = entry(d, x, y, w_std, b_std, points, points + LAYERS, &memory->rule);
    free(memory);
    return found;
}

/* K[i*m + j] = K(X[i], Y[j]) of n rows of X and m of Y, d numbers each, row after row. */
void $name(size_t n, size_t m, size_t d, const double *X, const double *Y, double *K)
{
    struct memory *memory = remember(n + m);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            K[i * m + j] = !memory ? NAN : entry(d, X + i * d, Y + j * d, W_STD, B_STD,
                memory->points + i * LAYERS, memory->points + (n + j) * LAYERS, &memory->rule);
    free(memory);
}
"""
