"""`recruitment bench`: what encryption, roles and trail cost, beside a plaintext floor that does the same work."""

from recruitment.commands.bench.command import bench as bench
