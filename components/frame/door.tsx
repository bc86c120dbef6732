import type { ReactNode } from "react";
import { Mark } from "@/components/frame/brand";
import { Icon } from "@/components/ui/icon";

/** Pages before anybody is signed in: the picture at the side, `children` (a form of class door-form) in the middle. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <div className="door-in">
      <header className="door-side">
        <p className="brand">
          <Mark />
          Baton
        </p>
        <p className="door-say">When a student changes districts, the support goes along.</p>
        <svg className="door-art" viewBox="0 0 440 280" fill="none" strokeLinecap="round" aria-hidden="true">
          <path d="M220 4v272" stroke="#bfd1d8" strokeWidth="2.5" strokeDasharray="1 10" />
          <path d="M36 244 232 128" stroke="#fff" strokeWidth="34" />
          <path d="M208 196 404 80" stroke="#ffdf5e" strokeWidth="34" />
        </svg>
        <p className="door-foot">
          Baton carries cases and documents from one school district to another, and nowhere else.
        </p>
      </header>
      <main className="door-main" id="main">
        {children}
      </main>
    </div>
  );
}

/** What the sign-in page says beneath its form. */
export function DoorLaw() {
  return (
    <p className="small dim door-law">
      <Icon name="scroll-text" />
      <span>These are student records. Baton keeps a record of who opened what, and when.</span>
    </p>
  );
}
