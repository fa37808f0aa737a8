import { type Html, trusted } from './html.ts';

/** One style sheet inside each page: a visitor makes one request. Colours of text have a contrast of at least 4.5:1 in both schemes. */
const sheet = `
:root{--page:#fff;--card:#f6f8fa;--line:#d0d7de;--text:#1f2328;--soft:#57606a;--link:#0550ae;--ok:#1a7f37;--work:#0969da;--slow:#8a5d00;--part:#b14600;--gone:#cf222e;--none:#8c959f}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--line:#30363d;--text:#e6edf3;--soft:#9da7b3;--link:#79c0ff;--ok:#3fb950;--work:#58a6ff;--slow:#d29922;--part:#f0883e;--gone:#ff7b72;--none:#6e7681}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99em}
.skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.5rem;z-index:1}
header{background:var(--accent);color:var(--on-accent)}
header a{color:inherit}
header>div,main,footer{max-width:50rem;margin:0 auto;padding:1rem}
header>div{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between}
header p{margin:0;font-weight:600;font-size:1.15rem;overflow-wrap:anywhere}
header p a{text-decoration:none;display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
header img{max-height:2.5rem;width:auto}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
nav a,nav span,footer a{display:inline-block;min-height:2rem;line-height:2rem}
nav [aria-current]{font-weight:600}
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2rem 0 .75rem}
h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
.overall{color:#fff;border-radius:.5rem;padding:1rem}
.overall.operational{background:#1a7f37}
.overall.under_maintenance{background:#0969da}
.overall.degraded_performance{background:#8a5d00}
.overall.partial_outage{background:#b14600}
.overall.major_outage{background:#cf222e}
.stale{border:2px solid var(--part);border-radius:.5rem;padding:.75rem 1rem}
.when,.scale{color:var(--soft);font-size:.9rem}
.component,.incident{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 .75rem}
.component h3{display:flex;flex-wrap:wrap;gap:.1rem 1rem;justify-content:space-between}
.component .when{margin:.25rem 0 0}
.state{font-weight:600;font-size:.95rem}
.state.operational{color:var(--ok)}
.state.under_maintenance{color:var(--work)}
.state.degraded_performance{color:var(--slow)}
.state.partial_outage{color:var(--part)}
.state.major_outage{color:var(--gone)}
.incident{border-left:5px solid var(--none)}
.incident.degraded_performance{border-left-color:var(--slow)}
.incident.partial_outage{border-left-color:var(--part)}
.incident.major_outage{border-left-color:var(--gone)}
.updates{list-style:none;padding:0;margin:.75rem 0 0}
.updates li{border-top:1px solid var(--line);padding:.6rem 0 0;margin:0 0 .6rem}
.updates p{margin:0 0 .4rem;overflow-wrap:anywhere}
.updates pre{overflow-x:auto}
.defs{position:absolute;width:0;height:0}
.bars{display:block;width:100%;height:2.1rem;margin:.75rem 0 0}
.whole{fill:var(--ok)}.slight{fill:var(--slow)}.partial{fill:var(--part)}.low{fill:var(--gone)}.unmeasured{fill:var(--none)}
#gaps{fill:var(--card)}
.scale{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;margin:.3rem 0 0}
.figure{color:var(--text)}
details{font-size:.9rem}
summary{cursor:pointer;padding:.3rem 0}
details ul{margin:0;columns:14rem}
label{display:block;font-weight:600}
input,textarea{width:100%;font:inherit;color:inherit;background:var(--page);border:1px solid var(--none);border-radius:.35rem;padding:.5rem}
button{font:inherit;font-weight:600;color:#fff;background:#0550ae;border:0;border-radius:.35rem;padding:.6rem 1.5rem;min-height:2.75rem}
.trap{position:absolute;left:-99em}
.past li{margin:0 0 .4rem}
footer{border-top:1px solid var(--line);margin-top:2rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;color:var(--soft)}
@media (max-width:30rem){.scale .figure{order:-1;width:100%}}
`;

const defaultAccent = '#1f2937';

/** The sheet with the page's own colour; text on it is black or white, whichever reads better. */
export function style(accent: string | null): string {
  const color = accent ?? defaultAccent;
  return `${sheet.trim()}\n:root{--accent:${color};--on-accent:${isLight(color) ? '#000' : '#fff'}}`;
}

export function styleTag(accent: string | null): Html {
  return trusted(`<style>${style(accent)}</style>`);
}

/** By relative luminance; above 0.179 black has the better contrast, and at least 4.58:1. */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
