// error: 'Allocation' initializer is inaccessible due to 'internal' protection level
import TrialDesign
import TrialSeal

func forge(_ assignment: Assignment) -> Allocation { Allocation(assignment) }
