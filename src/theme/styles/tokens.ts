/** Colours and measures, for both schemes. Text is at least 4.5:1 on what it stands on, borders of controls at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
export const tokens = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1b2130, #e8ebf2);
  --faint: light-dark(#515b6e, #a9b3c6);
  --paper: light-dark(#f5f6fa, #10131a);
  --card: light-dark(#ffffff, #191e29);
  --line: light-dark(#dbe0ea, #2c3444);
  --edge: light-dark(#7b8498, #77829a);
  --accent: light-dark(#2a4cbb, #a6baff);
  --accent-strong: light-dark(#1f3a94, #c3d0ff);
  --on-accent: light-dark(#ffffff, #10131a);
  --tint: light-dark(#eaeefb, #20283d);
  --way: light-dark(#c9761a, #f0a94f);
  --bad: light-dark(#b3261e, #ffb0a8);
  --bad-tint: light-dark(#fdeeec, #33191a);
  --good: light-dark(#1b6b3c, #8fdcae);
  --good-tint: light-dark(#e9f6ee, #15291e);
  --heed: light-dark(#8a5300, #f3c57e);
  --heed-tint: light-dark(#fdf3e2, #2d2414);
  --round: .625rem;
  --gap: 1rem;
}`
