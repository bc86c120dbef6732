import { encode } from "uqr";

/** A QR code, black on white whatever the theme: cameras want it so. `label` says what it is for. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // Four modules of quiet zone (ISO/IEC 18004).
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
