"""The forward pass of Llama-type models in C, for processors with AVX2 or better: see network.py."""
