/** What a run could show if nothing differed. Bounds are defect rates, 0..1, at 95% confidence. */
export interface SamplePlan {
  total: number;
  bound: number;
  /** The defect rate `needed` is told for. */
  target: number;
  /** Exchanges without a difference that bound defects below `target`. */
  needed: number;
  /** Most exchanges first. */
  routes: { route: string; exchanges: number; bound: number }[];
}
