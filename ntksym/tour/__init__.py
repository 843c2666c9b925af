"""``tour``: the main job on real input, with a report of what came out."""

from ntksym.tour.stages import Checked, Stage, Summary, tour

__all__ = ["Checked", "Stage", "Summary", "tour"]
