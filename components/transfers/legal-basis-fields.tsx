"use client";

import { useContext, useEffect, useState } from "react";
import { legalBases } from "@/components/transfers/legal-bases";
import { noticeMethodOptions } from "@/components/transfers/notice-methods";
import { DateField, Select, TextArea, TextField } from "@/components/ui/field";
import { FormContext } from "@/components/ui/form-state";

/**
 * The legal basis of a transfer with what the law asks for beside it: the consent's day, the threat, the parents' notice. Only what
 * belongs to the chosen basis shows; without script all of it does, and the server takes what belongs to it.
 */
export function LegalBasisFields({
  suggested,
  typed,
  request,
}: {
  /** What the form begins with; "" where it suggests none. */
  suggested: string;
  /** What was posted before, of a form that is drawn again. */
  typed: Readonly<Record<string, string>>;
  /** The reference of the record request that stands behind the transfer. */
  request: string | null;
}) {
  const [basis, setBasis] = useState(typed.basis || suggested);
  const [notice, setNotice] = useState(typed.notice ?? "");
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  const form = useContext(FormContext);
  const problems = form?.state.status === "problem" ? form.state.fields : {};
  const shows = (one: string) => !scripted || basis === one;
  const hint =
    request && basis === "enrollment"
      ? `34 CFR 99.31(a)(2). Record request ${request} stands behind this transfer.`
      : legalBases.find((one) => one.value === basis)?.hint;
  const notices = [
    { value: "told", label: "The parents were told" },
    { value: "asked", label: "Not required: the parents asked for the transfer" },
    // 99.34(a)(1)(ii): only of records that the other district has requested.
    ...(request || typed.notice === "yearly"
      ? [{ value: "yearly", label: "Not required: our yearly notice tells of it" }]
      : []),
  ];
  return (
    <>
      <Select
        name="basis"
        label="Legal basis"
        defaultValue={basis}
        onChange={(event) => setBasis(event.currentTarget.value)}
        hint={hint}
        empty={suggested === "" ? "Choose the legal basis" : undefined}
        options={legalBases}
      />
      {shows("consent") && (
        <DateField name="consentOn" label="Consent signed on" defaultValue={typed.consentOn ?? ""} />
      )}
      {shows("emergency") && (
        <TextArea
          name="threat"
          label="The threat, and to whom"
          hint="Kept in your disclosure record, as 34 CFR 99.32(a)(5) asks. It doesn’t travel."
          limit={2_000}
          rows={2}
          defaultValue={typed.threat ?? ""}
        />
      )}
      {shows("enrollment") && (
        <details className="more" open={Boolean(notice || problems.noticeOn) || undefined}>
          <summary>Parent notice (34 CFR 99.34)</summary>
          <div className="stack">
            <Select
              name="notice"
              label="Were the parents told?"
              hint="Kept in your disclosure record. You needn’t have told them yet."
              empty="Not recorded"
              defaultValue={notice}
              onChange={(event) => setNotice(event.currentTarget.value)}
              options={notices}
            />
            {(!scripted || notice === "told") && (
              <>
                <div className="two">
                  <DateField name="noticeOn" label="Told on" defaultValue={typed.noticeOn ?? ""} />
                  <Select
                    name="noticeMethod"
                    label="How"
                    empty="Not recorded"
                    defaultValue={typed.noticeMethod ?? ""}
                    options={noticeMethodOptions}
                  />
                </div>
                <TextField
                  name="noticeBy"
                  label="Told by"
                  maxLength={200}
                  autoComplete="off"
                  defaultValue={typed.noticeBy ?? ""}
                />
              </>
            )}
          </div>
        </details>
      )}
    </>
  );
}
