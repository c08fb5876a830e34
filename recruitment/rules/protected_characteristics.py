"""The protected characteristics of the Equality Act 2010, section 4, in the order of the Act."""

from __future__ import annotations

from enum import StrEnum


class ProtectedCharacteristic(StrEnum):
    AGE = "age"
    DISABILITY = "disability"
    GENDER_REASSIGNMENT = "gender_reassignment"
    MARRIAGE = "marriage"
    PREGNANCY = "pregnancy"
    RACE = "race"
    RELIGION = "religion"
    SEX = "sex"
    SEXUAL_ORIENTATION = "sexual_orientation"


CHARACTERISTIC_TITLES = {
    ProtectedCharacteristic.AGE: "Age",
    ProtectedCharacteristic.DISABILITY: "Disability",
    ProtectedCharacteristic.GENDER_REASSIGNMENT: "Gender reassignment",
    ProtectedCharacteristic.MARRIAGE: "Marriage and civil partnership",
    ProtectedCharacteristic.PREGNANCY: "Pregnancy and maternity",
    ProtectedCharacteristic.RACE: "Race",
    ProtectedCharacteristic.RELIGION: "Religion or belief",
    ProtectedCharacteristic.SEX: "Sex",
    ProtectedCharacteristic.SEXUAL_ORIENTATION: "Sexual orientation",
}
