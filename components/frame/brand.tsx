/** The two batons. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 28 28" fill="none" strokeWidth="6" strokeLinecap="round" aria-hidden="true">
      <path d="M4 21 12.5 12.5" stroke="currentColor" />
      <path d="M15.5 15.5 24 7" stroke="#ffdf5e" />
    </svg>
  );
}
