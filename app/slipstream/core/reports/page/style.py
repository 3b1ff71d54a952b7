"""How the page looks: light and dark as the reader's system is, light on paper."""

from dataclasses import fields

from slipstream.core.reports.svg import DARK, FONT, LIGHT, Look

_LIGHT_MORE = {
    "window": "#fbfbfa",
    "raised": "#ffffff",
    "good": "#1a7f4b",
    "warning": "#8f5a00",
    "tint": "#e8f1f1",
    "mark": "#ffe08a",
}
_DARK_MORE = {
    "window": "#17191c",
    "raised": "#24282c",
    "good": "#5ecb92",
    "warning": "#e3b25b",
    "tint": "#203435",
    "mark": "#6b5300",
}


def _variables(look: Look, more: dict[str, str]) -> str:
    colours = {field.name: getattr(look, field.name) for field in fields(look)} | more
    return "".join(f"--{name}:{value};" for name, value in colours.items())


STYLE = f"""
:root{{color-scheme:light dark;{_variables(LIGHT, _LIGHT_MORE)}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK, _DARK_MORE)}}}}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0;background:var(--window);color:var(--text);font:15px/1.55 {FONT};font-variant-numeric:tabular-nums}}
main{{max-width:1136px;margin:0 auto;padding:40px 32px 56px}}
h1,h2,h3{{line-height:1.25;margin:0;font-weight:600;overflow-wrap:anywhere}}
h1{{font-size:30px;letter-spacing:-.01em}}
h2{{font-size:21px}}
h3{{font-size:15px;margin:28px 0 10px}}
p{{margin:0}}
a{{color:var(--first)}}
.brand{{display:flex;align-items:center;gap:9px;color:var(--muted);font-size:13px;margin-bottom:14px}}
.brand svg{{width:20px;height:20px;flex:none}}
.meta{{color:var(--muted);font-size:13px;margin-top:6px}}
.lead{{font-size:19px;line-height:1.45;margin-top:18px;max-width:46em}}
.lead b{{font-weight:600;white-space:nowrap}}
.up{{color:var(--good)}}.down{{color:var(--bad)}}
.aside{{color:var(--muted);font-size:13px;margin-top:8px;max-width:62em}}
.warn{{color:var(--warning);font-size:13px;font-weight:600;margin-top:10px}}
section{{margin-top:48px;padding-top:32px;border-top:1px solid var(--border)}}
.names{{display:flex;flex-wrap:wrap;gap:6px;margin-top:10px}}
.names span{{background:var(--surface);border:1px solid var(--border);border-radius:999px;padding:1px 11px;
font-size:13px;overflow-wrap:anywhere}}
.tiles{{display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:12px;margin-top:24px}}
.tile{{background:var(--raised);border:1px solid var(--border);border-radius:10px;padding:12px 14px 13px}}
.tile dt{{color:var(--muted);font-size:12.5px;line-height:1.4}}
.tile dd{{margin:3px 0 0;font-size:23px;font-weight:600;line-height:1.25;letter-spacing:-.01em}}
.tile small{{display:block;margin-top:2px;color:var(--muted);font-size:12px;font-weight:400;letter-spacing:0;
line-height:1.4}}
.plots{{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;margin-top:24px}}
figure{{margin:0;background:var(--surface);border:1px solid var(--border);border-radius:10px;padding:12px 14px 8px}}
figure svg{{display:block;width:100%;height:auto}}
.scroll{{overflow-x:auto;margin-top:14px;border:1px solid var(--border);border-radius:10px;background:var(--raised)}}
table{{border-collapse:collapse;width:100%;font-size:13.5px}}
th,td{{padding:7px 14px;text-align:left;vertical-align:top;border-top:1px solid var(--border)}}
thead th,tr:first-child>td,tr:first-child>th{{border-top:0}}
thead th{{color:var(--muted);font-weight:600;font-size:12.5px;white-space:nowrap;background:var(--surface)}}
tbody th{{font-weight:400;color:var(--muted)}}
thead+tbody tr:first-child>*{{border-top:1px solid var(--border)}}
.n{{text-align:right;white-space:nowrap}}
td.w{{overflow-wrap:anywhere}}
.name{{min-width:11em}}
.models{{min-width:13em;overflow-wrap:anywhere}}
.pair{{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 24px;align-items:start}}
.texts{{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:12px;margin-top:10px}}
h4{{margin:0 0 6px;font-size:13px;font-weight:600;overflow-wrap:anywhere}}
.said{{background:var(--raised);border:1px solid var(--border);border-radius:10px;padding:10px 14px;font-size:13px;
white-space:pre-wrap;overflow-wrap:anywhere}}
.thought{{color:var(--muted)}}
mark{{background:var(--mark);color:inherit;border-radius:3px}}
dl.terms{{margin:16px 0 0;columns:2;column-gap:40px}}
dl.terms div{{break-inside:avoid;margin-bottom:14px}}
dl.terms dt{{font-weight:600;font-size:13.5px}}
dl.terms dd{{margin:1px 0 0;color:var(--muted);font-size:13.5px;line-height:1.5}}
footer{{margin-top:48px;padding-top:18px;border-top:1px solid var(--border);color:var(--muted);font-size:12.5px}}
@media screen and (max-width:820px){{main{{padding:24px 16px 40px}}
.plots,.pair{{grid-template-columns:minmax(0,1fr)}}
dl.terms{{columns:1}}h1{{font-size:25px}}}}
@media print{{@page{{margin:14mm}}body{{font-size:11.5px;background:none}}main{{max-width:none;padding:0}}
.tile,figure,tr{{break-inside:avoid}}h2,h3,thead{{break-after:avoid}}section{{margin-top:24px;padding-top:18px}}
.scroll{{overflow:visible}}.plots{{gap:10px}}
table{{font-size:11px}}th,td{{padding:4px 9px}}.tile dd{{font-size:18px}}.lead{{font-size:15px}}}}
"""
