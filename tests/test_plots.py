import builtins
from math import pi

import numpy as np
import pytest

import ntksym
from ntksym.plots import circle, circles, phases

RELU = ntksym.ntk("relu", depth=2)


def lines(figure, panel=0):
    return figure.axes[panel].get_lines()


def test_a_line_for_each_kernel_holds_its_values():
    deep = ntksym.nngp("relu", depth=3, b_std=0.5)
    figure = circle({"shallow": RELU, "deep": deep}, points=9)
    assert [line.get_label() for line in lines(figure)] == ["shallow", "deep"]
    for line, kernel in zip(lines(figure), (RELU, deep), strict=True):
        angles, values = line.get_data()
        assert np.allclose(angles, np.linspace(-pi, pi, 9))
        for angle, value in zip(angles, values, strict=True):
            exact = kernel.evaluate([1.0, 0.0], [np.cos(angle), np.sin(angle)])
            assert value == pytest.approx(float(exact), rel=1e-13, abs=1e-15)


def test_pairs_are_drawn_in_their_order_and_told_apart_without_colour():
    figure = circle([("b", RELU), ("a", ntksym.ntk("relu", depth=3))])
    assert [line.get_label() for line in lines(figure)] == ["b", "a"]
    assert len({line.get_linestyle() for line in lines(figure)}) == 2
    assert len(lines(figure)[0].get_xdata()) == 721


def test_the_angles_are_marked_in_multiples_of_pi():
    (axes,) = circle({"K": RELU}).axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["−π", "−π/2", "0", "π/2", "π"]
    assert axes.get_xlim() == pytest.approx((-pi, pi))


def test_panels_stand_side_by_side():
    figure = circles({"one": {"K": RELU}, "two": {"K": RELU}}, points=3)
    assert [axes.get_title() for axes in figure.axes] == ["one", "two"]


def test_it_saves_without_a_display(tmp_path):
    target = tmp_path / "circle.png"
    circle({"K": RELU}).savefig(target)
    assert target.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("kernels", [{}, []])
def test_no_kernels(kernels):
    with pytest.raises(ValueError, match="at least one pair"):
        circle(kernels)


@pytest.mark.parametrize("points", [1, 0, 2.5, True, "many"])
def test_number_of_points(points):
    with pytest.raises((TypeError, ValueError), match=r"points: expected (an integer|at least 2)"):
        circle({"K": RELU}, points)


def test_something_else_than_a_kernel():
    with pytest.raises(TypeError, match="expected a Kernel, got str"):
        circle({"K": "relu"})


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    whole = builtins.__import__

    def without(name, *arguments, **options):
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return whole(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"pip install 'ntksym\[report\]'"):
        circle({"K": RELU})


def regimes(axes):
    """Of the plane: the colour numbers, by (w, β)."""
    (mesh,) = axes.collections
    plane = mesh.get_array().reshape(mesh.get_coordinates().shape[0] - 1, -1)
    w, b = axes.get_xlim()[1], axes.get_ylim()[1]
    rows, columns = plane.shape
    return lambda x, y: int(plane[int(y / b * rows), int(x / w * columns)])


def test_the_plane_of_tanh_has_order_left_of_the_line_and_chaos_right():
    left, right = phases("tanh", 1.5, 0.3).axes
    at = regimes(left)
    for w, b in ((0.9, 0.1), (1.3, 0.3), (1.5, 0.3), (2.0, 0.5), (1.2, 1.0)):
        expected = ntksym.phase("tanh", w, b, digits=5).regime
        assert ("ordered", "chaotic", "unstable")[at(w, b)] == expected
    line = left.lines[0].get_xydata()
    assert tuple(line[0]) == (1.0, 0.0)
    near = line[np.nanargmin(abs(line[:, 1] - 0.3))]
    exact = ntksym.critical("tanh", float(near[1]), digits=10)
    assert near[0] == pytest.approx(float(exact), rel=1e-8)
    assert tuple(left.lines[-1].get_xydata()[0]) == (1.5, 0.3)
    assert right.get_ylabel() == "variance $q^*$"


def test_the_curve_of_fixed_points_is_where_the_variance_stays():
    curve = phases("relu", b_std=0.5).axes[1].lines[0].get_xydata()
    curve = curve[np.isfinite(curve[:, 1])]
    w, q = curve[len(curve) // 2]
    assert q == pytest.approx(0.25 / (1 - w**2 / 2))


def test_relu_is_ordered_or_has_no_variance():
    at = regimes(phases("relu").axes[0])
    assert [at(1.0, 0.5), at(1.35, 1.0), at(1.5, 0.5), at(2.0, 0.1)] == [0, 0, 2, 2]


@pytest.mark.parametrize(("w", "b", "name"), [(-1, 0, "w_std"), (1, float("nan"), "b_std")])
def test_phases_of_bad_numbers(w, b, name):
    with pytest.raises(ValueError, match=f"{name}: expected a finite value"):
        phases("tanh", w, b)
