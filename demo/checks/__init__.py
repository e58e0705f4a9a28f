"""Each programme tried out through the API, by its own rules, as member, admin and finance.

`plats demo --check` runs them on the spot; tests/programmes runs each as a test. May import the demo.
Never here: the product's own sums; what a programme comes to is worked out from its rule.
"""
