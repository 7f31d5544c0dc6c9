/** The widest line that is written. */
export const WIDEST = 110;

/** What stood on lines of its own, with types or with what was left out, and fits on one now. */
export function joinLines(text: string): string {
  const fits = (whole: string, one: string) => (one.length <= WIDEST && !one.includes('//') ? one : whole);
  return text
    .replace(/^.*\(\n(?: +[^\n{]+,\n)+ *\);$/gm, (whole) =>
      fits(
        whole,
        whole
          .replace(/\(\n */, '(')
          .replace(/,\n *\);$/, ');')
          .replace(/,\n */g, ', '),
      ),
    )
    .replace(/^( *)if \((.*)\) \{\n *([^\n]*;)\n\1\}$/gm, '$1if ($2)\n$1  $3')
    .replace(/^ *(?:(?:\} else )?if \(.*\)|.*(?:=>| =))\n *[^\n]*;$/gm, (whole) =>
      fits(whole, whole.replace(/\n */, ' ')),
    );
}
