"""The HTTP door: routes under `/api/`, pages under `/`."""
