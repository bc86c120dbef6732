/** A piece of text and whether it differs from the other side's. */
type Piece = { text: string; differs: boolean };

/**
 * Where two short texts differ. Of one length: symbol by symbol, so two swapped digits show as two. Else: what isn't in the longest
 * common subsequence.
 */
function differences(a: string, b: string): [Piece[], Piece[]] {
  const [left, right] = [[...a], [...b]];
  if (left.length === right.length) {
    const differs = left.map((symbol, n) => symbol !== right[n]);
    return [pieces(left, differs), pieces(right, differs)];
  }
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  const common = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = left[i] === right[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
    }
  const differsLeft = left.map(() => true);
  const differsRight = right.map(() => true);
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      differsLeft[i++] = false;
      differsRight[j++] = false;
    } else if (common(i + 1, j) >= common(i, j + 1)) i++;
    else j++;
  }
  return [pieces(left, differsLeft), pieces(right, differsRight)];
}

function pieces(symbols: string[], differs: boolean[]): Piece[] {
  const found: Piece[] = [];
  symbols.forEach((symbol, n) => {
    const last = found.at(-1);
    if (last && last.differs === (differs[n] ?? false)) last.text += symbol;
    else found.push({ text: symbol, differs: differs[n] ?? false });
  });
  return found;
}

/** `text` with what differs from `against` underlined. The verdict beside it says the same in words. */
export function Marked({ text, against }: { text: string; against: string }) {
  return (
    <>
      {differences(text, against)[0].map((piece, n) =>
        piece.differs ? <mark key={n}>{piece.text}</mark> : piece.text,
      )}
    </>
  );
}

/** `text` with the words that were searched for underlined; case doesn't count. */
export function Found({ text, words }: { text: string; words: string }) {
  const escaped = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (escaped.length === 0) return text;
  const parts = text.split(new RegExp(`(${escaped.join("|")})`, "gi"));
  return <>{parts.map((part, n) => (n % 2 === 1 ? <mark key={n}>{part}</mark> : part))}</>;
}
