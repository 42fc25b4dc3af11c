"""The services of today with the acts they rest on, asked of the whole graph with rdflib."""

from rdflib import Graph

graph = Graph().parse("http://127.0.0.1:8000/api/dump?format=turtle", format="turtle")
rows = graph.query("SELECT ?service ?act { ?service a cpsv:PublicService ; cv:hasLegalResource ?act }")
grounds = {(str(row["service"]), str(row["act"])) for row in rows}
