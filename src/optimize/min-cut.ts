// The cheapest cut of a directed graph between a source and a sink (Dinic 1970): which of the nodes stay with the source.

export class CutGraph {
  /** By edge: its head and what it can carry yet; edge 2 k + 1 is the reverse of 2 k. */
  private readonly heads: number[] = [];
  private readonly left: number[] = [];
  private readonly edgesOf: number[][] = [[], []];
  readonly source = 0;
  readonly sink = 1;

  addNode(): number {
    return this.edgesOf.push([]) - 1;
  }

  addEdge(from: number, to: number, capacity: number): void {
    this.edgesOf[from]!.push(this.heads.length);
    this.edgesOf[to]!.push(this.heads.length + 1);
    this.heads.push(to, from);
    this.left.push(capacity, 0);
  }

  /** Whether each node is on the source's side of a cheapest cut, the largest such side; undefined if no cut is finite. */
  cut(): readonly boolean[] | undefined {
    for (let levels = this.levels(); levels[this.sink]! >= 0; levels = this.levels()) {
      const next = this.edgesOf.map(() => 0);
      for (let path = this.path(levels, next); path !== undefined; path = this.path(levels, next)) {
        const most = path.reduce((least, edge) => Math.min(least, this.left[edge]!), Infinity);
        if (most === Infinity) return undefined;
        for (const edge of path) {
          this.left[edge]! -= most;
          this.left[edge ^ 1]! += most;
        }
      }
    }
    return this.sourceSide();
  }

  /** Number of edges from the source to each node, -1 where nothing can flow any more. */
  private levels(): number[] {
    const levels = this.edgesOf.map(() => -1);
    levels[this.source] = 0;
    const queue = [this.source];
    for (const node of queue) {
      for (const edge of this.edgesOf[node]!) {
        const head = this.heads[edge]!;
        if (this.left[edge]! <= 0 || levels[head]! >= 0) continue;
        levels[head] = levels[node]! + 1;
        queue.push(head);
      }
    }
    return levels;
  }

  /** The edges of a path of rising levels to the sink; `next` has the edge of each node that is to be tried. */
  private path(levels: readonly number[], next: number[]): number[] | undefined {
    const path: number[] = [];
    let node = this.source;
    while (node !== this.sink) {
      const edge = this.edgesOf[node]![next[node]!];
      if (edge === undefined) {
        const back = path.pop();
        if (back === undefined) return undefined;
        node = this.heads[back ^ 1]!;
        next[node]!++;
      } else if (this.left[edge]! > 0 && levels[this.heads[edge]!] === levels[node]! + 1) {
        path.push(edge);
        node = this.heads[edge]!;
      } else next[node]!++;
    }
    return path;
  }

  /** All nodes from which nothing can flow to the sink. */
  private sourceSide(): boolean[] {
    const isSource = this.edgesOf.map(() => true);
    isSource[this.sink] = false;
    const queue = [this.sink];
    for (const node of queue) {
      for (const edge of this.edgesOf[node]!) {
        const tail = this.heads[edge]!;
        if (!isSource[tail] || this.left[edge ^ 1]! <= 0) continue;
        isSource[tail] = false;
        queue.push(tail);
      }
    }
    return isSource;
  }
}
