/** Plain text with its web addresses as links. */
export function LinkedText({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/g);
  return (
    <>
      {parts.map((part, n) =>
        n % 2 === 1 ? (
          <a key={n} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
