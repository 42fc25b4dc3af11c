"""The register: saving, reading, listing and the history of records, for every kind alike."""
