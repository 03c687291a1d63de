"""The hands that touch hardware: a folder a kind; they know the ports, the rules and their library, nothing above."""
