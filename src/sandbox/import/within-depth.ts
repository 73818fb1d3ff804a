/** How deep the values of an imported case may be nested. */
export const caseDepthMost = 32

/** Looks no deeper than it is asked to, so that no value is too deep to be looked at. */
export const withinDepth = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((child) => withinDepth(child, levels - 1)))
