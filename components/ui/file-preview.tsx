import { Banner } from "@/components/ui/banner";

/** A file as far as browsers can show it: PDF, pictures, text. */
export function FilePreview({
  name,
  mediaType,
  source,
  text,
}: {
  name: string;
  mediaType: string;
  /** Where the file is shown from: same origin, inline. */
  source: string;
  /** Of a text file its beginning, decoded. */
  text: { text: string; cut: boolean } | null;
}) {
  if (mediaType.startsWith("image/"))
    return <img className="max-w-full h-auto border border-line" src={source} alt={name} />;
  if (mediaType === "application/pdf") {
    return (
      <>
        <iframe className="preview w-full h-[80vh] border border-line" src={source} title={name} />
        <p className="small dim">
          Does nothing show? <a href={source}>Open the file by itself</a>, or download it.
        </p>
      </>
    );
  }
  if (!text) return <Banner fact="Browsers can’t show Word files.">Download it to read it.</Banner>;
  return (
    <>
      <pre className="well whitespace-pre-wrap break-words font-sans" dir="auto">
        {text.text}
      </pre>
      {text.cut && <p className="small dim">This is the beginning of the file. Download it to read the rest.</p>}
    </>
  );
}
