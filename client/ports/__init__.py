"""What the desk asks of its hands, and what they may ask of it: values and Protocols; imports rules and errors."""
