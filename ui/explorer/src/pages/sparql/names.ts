/** What IRIs are called, asked of the service a page of them at a time and kept. */
import { rooted } from "../../root";

export interface Name {
  iri: string;
  text: string;
  href: string | null;
  kind: string;
  shape: string;
  id: string;
}

// An address of 60 IRIs is about 5 kB long; servers in between take 8.
const AT_ONCE = 60;

export class Names {
  private readonly known = new Map<string, Name>();

  /** What an IRI is called, when it was asked for before. */
  of(iri: string): Name | undefined {
    return this.known.get(iri);
  }

  /** Asks for those that are not known yet, and says whether there were any; without an answer an IRI stands for
      itself. */
  async learn(iris: Iterable<string>): Promise<boolean> {
    const wanted = [...new Set(iris)].filter((iri) => !this.known.has(iri));
    const parts = Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, index) =>
      wanted.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    );
    for (const part of parts) {
      const asked = new URLSearchParams(part.map((iri) => ["iri", iri]));
      asked.append("lang", document.documentElement.lang);
      try {
        const response = await fetch(rooted(`/api/names?${asked}`), { headers: { Accept: "application/json" } });
        if (!response.ok) break;
        const { names } = (await response.json()) as { names: Name[] };
        for (const name of names) this.known.set(name.iri, name);
      } catch {
        // A table with IRIs is better than none.
        break;
      }
    }
    return wanted.some((iri) => this.known.has(iri));
  }
}
