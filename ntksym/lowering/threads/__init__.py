"""Threads that a call starts and ends."""

from ntksym.lowering.threads.pool import pool

__all__ = ["pool"]
