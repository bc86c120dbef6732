"use client";

import { useEffect, useRef } from "react";
import { type Option, Select } from "@/components/ui/field";

/** A filter of a list. Follows the URL (Back, a link that clears the filters) without losing the focus. */
export function FilterSelect({
  name,
  label,
  value,
  options,
  empty,
  fieldClass,
}: {
  name: string;
  label: string;
  /** What the URL says; "" for the first choice. */
  value: string;
  options: readonly Option[];
  /** Words of the first choice, which stays out of the URL. */
  empty: string;
  fieldClass?: string;
}) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (select.current) select.current.value = value;
  }, [value]);
  return (
    <Select
      ref={select}
      name={name}
      label={label}
      options={[...options]}
      empty={empty}
      defaultValue={value}
      fieldClass={fieldClass}
    />
  );
}
